-- Accounts that an administrator makes are confirmed by their owner: a mail invites to choose the first password.
ALTER TABLE mail_orders DROP CONSTRAINT mail_orders_kind_check;
ALTER TABLE mail_orders ADD CONSTRAINT mail_orders_kind_check
  CHECK (kind IN ('verify_email', 'reset_password', 'invitation', 'password_changed'));
