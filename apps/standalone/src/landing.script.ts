/** Asks every service whether it is ready, now and every ten seconds, and writes it on its card; a page nobody looks at asks nothing. */
export const SCRIPT = `
const cards=[...document.querySelectorAll('article[data-service]')];
async function ask(card){
  const pill=card.querySelector('.state');
  try{
    const response=await fetch('/'+card.dataset.service+'/v1/health/ready',{cache:'no-store'});
    pill.dataset.state=response.ok?'ready':'down';
    pill.textContent=response.ok?'ready':'not ready';
  }catch{pill.dataset.state='down';pill.textContent='unreachable';}
  return pill.dataset.state==='ready';
}
async function refresh(){
  const ready=(await Promise.all(cards.map(ask))).filter(Boolean).length;
  const text=ready===cards.length?'All '+ready+' are ready.':ready+' of '+cards.length+' are ready.';
  const overall=document.getElementById('overall');
  if(overall.textContent!==text)overall.textContent=text;
}
refresh();setInterval(()=>{if(!document.hidden)refresh();},10000);
document.addEventListener('visibilitychange',()=>{if(!document.hidden)refresh();});`;
