import resource

raised = []
for name in ("RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_MEMLOCK"):
    which = getattr(resource, name)
    try:
        resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        if name != "RLIMIT_NPROC":
            raised.append(name)
    except (ValueError, OSError):
        pass
print("ESCAPED" if raised else "contained", raised)
