throw "only a string";
