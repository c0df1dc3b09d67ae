import os

for act in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgroups([0]),
            lambda: os.setreuid(0, 0), lambda: os.seteuid(0), lambda: os.setuid(1001)):
    try:
        act()
        print("ESCAPED")
    except OSError as error:
        print("contained", error)
