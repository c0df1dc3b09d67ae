const again = () => process.nextTick(again);
again();
