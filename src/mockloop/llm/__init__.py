"""Language models behind one port: `port` says what can be asked, `orchestrator` asks one provider after another.

Knows no database, session or setting. The vendors' libraries are imported by the first call, never before.
"""
