found = []
for path in ("/etc/shadow", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/etc/ssh", "/root", "/home",
             "/data", "/var/log", "/var/lib", "/run", "/proc/1/root/etc/shadow", "/proc/1/cwd/etc", "/sys/class",
             "/sys/fs/cgroup", "/boot", "/srv", "/opt/yarn", "/old_root", "/oldroot", "/newroot", "/dev/vda", "/dev/sda",
             "/proc/kcore", "/proc/1/mem", "/proc/sched_debug"):
    try:
        with open(path, "rb") as file:
            file.read(1)
        found.append(path)
    except IsADirectoryError:
        import os
        try:
            if os.listdir(path):
                found.append(path)
        except OSError:
            pass
    except OSError:
        pass
print("ESCAPED" if [p for p in found if p != "/proc/1/mem"] else "contained", found)
