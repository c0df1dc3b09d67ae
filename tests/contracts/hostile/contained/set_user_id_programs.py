import os

found = []
for folder, _, names in os.walk("/"):
    if folder.startswith("/proc"):
        continue
    for name in names:
        try:
            if os.lstat(os.path.join(folder, name)).st_mode & 0o6000:
                found.append(os.path.join(folder, name))
        except OSError:
            pass
print("ESCAPED" if found else "contained", found)
