SELECT device, ts, "data.temp" AS temp, "data.light" AS light FROM readings QUALIFY ROW_NUMBER() OVER (PARTITION BY device ORDER BY ts DESC) = 1
