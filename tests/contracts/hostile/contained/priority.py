import os

for act in (lambda: os.nice(-15), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)),
            lambda: os.setpriority(os.PRIO_PROCESS, 0, -20)):
    try:
        act()
        print("ESCAPED")
    except OSError as error:
        print("contained", error)
