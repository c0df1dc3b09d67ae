import glob

told = []
for path in glob.glob("/proc/[0-9]*/cmdline"):
    with open(path, "rb") as file:
        text = file.read().decode()
    if any(word in text for word in ("mockloop", "/data", "/root", "--ro-bind")):
        told.append(text)
print("ESCAPED" if told else "contained", told)
