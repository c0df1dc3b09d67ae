import os

os.unlink(__file__)
os.symlink("/etc/passwd", __file__)
print("contained")
1 / 0
