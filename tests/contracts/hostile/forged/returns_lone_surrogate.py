def answer(token):
    return "\ud800 \u0000 \u2028"
