-- One of three requests, named by OP: get a random contact, list 50 by lifecycle, create one.
local op, token, ids = os.getenv("OP"), os.getenv("TOKEN"), {}
for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line end
math.randomseed(20260615)
wrk.headers["Authorization"] = "Bearer " .. token
wrk.headers["Content-Type"] = "application/json"

local where = "%7B%22lifecycle%22%3A%22" .. "customer" .. "%22%7D"

request = function()
  if op == "get" then return wrk.format("GET", "/v1/contacts/" .. ids[math.random(#ids)]) end
  if op == "list" then return wrk.format("GET", "/v1/contacts?sort=name&limit=50&where=" .. where) end
  local n = math.random(1000000000)
  return wrk.format("POST", "/v1/contacts", nil,
    '{"name":{"salutation":null,"first":"Ada","middle":null,"last":"Bench' .. n .. '","suffix":null},"jobTitle":"Buyer",' ..
    '"department":"Sales","lifecycle":"lead","emails":[{"value":"a' .. n .. '@example.com","label":null,"primary":true,"invalid":false,"optOut":false}],' ..
    '"phones":[{"value":"+390331' .. n .. '","extension":null,"label":null,"primary":true,"doNotCall":false,"country":"IT"}]}')
end
