SELECT whatever FROM clicks
