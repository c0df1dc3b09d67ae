import os

written = []
for folder in ("/", "/box", "/usr", "/usr/bin", "/usr/lib", "/etc", "/dev", "/proc", "/proc/sys/kernel", "/sys", "/run",
               "/var", "/var/tmp", "/home", "/root", "/lib", "/opt", "/dev/pts", "/mnt"):
    try:
        with open(os.path.join(folder, "mark"), "w") as file:
            file.write("x")
        written.append(folder)
    except OSError:
        pass
    try:
        os.mkdir(os.path.join(folder, "folder"))
        written.append(folder)
    except OSError:
        pass
print("ESCAPED" if written else "contained", written)
