const again = () => void Promise.resolve().then(again);
again();
