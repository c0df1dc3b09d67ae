import os
import shutil

shutil.copy("/usr/bin/python3", "/tmp/copy")
try:
    os.chmod("/tmp/copy", 0o6755)
except OSError:
    pass
child = os.fork()
if child == 0:
    os.execv("/tmp/copy", ["copy", "-c", "import os; print('ESCAPED' if os.geteuid() == 0 else 'contained')"])
os.wait()
