import { chromium } from '@playwright/test'
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--headless','--no-sandbox','--disable-gpu']})
const [,, ...list]=process.argv
for(const item of list){ const [name,path,w='1366',scheme='light',locale='en-GB',act='']=item.split('|')
 const c=await b.newContext({viewport:{width:+w,height:900},colorScheme:scheme,locale,timezoneId:'Europe/Amsterdam'})
 const p=await c.newPage(); p.on('console',m=>m.type()==='error'&&console.log(name,m.text())); p.on('pageerror',e=>console.log(name,'ERR',e.message))
 await p.goto('http://127.0.0.1:8733'+path); await p.waitForSelector('h1',{timeout:15000}).catch(()=>console.log(name,'no h1'))
 await p.waitForTimeout(1200); if(act) await (new Function('page','return (async()=>{'+act+'})()'))(p).catch(e=>console.log(name,e.message)); await p.waitForTimeout(act?600:0)
 await p.screenshot({path:`/tmp/pages/${name}.png`,fullPage:true}); await c.close() }
await b.close()
