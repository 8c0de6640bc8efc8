SELECT id, at, amount FROM clicks
