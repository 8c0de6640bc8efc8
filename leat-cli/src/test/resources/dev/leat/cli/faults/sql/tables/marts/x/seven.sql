SELECT source FROM leat_quarantine
