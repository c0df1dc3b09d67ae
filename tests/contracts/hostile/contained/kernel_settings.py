for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/proc/self/uid_map",
             "/proc/sys/vm/drop_caches", "/sys/kernel/mm/transparent_hugepage/enabled"):
    try:
        with open(path, "w") as file:
            file.write("0")
        print("ESCAPED", path)
    except OSError:
        print("contained", path)
