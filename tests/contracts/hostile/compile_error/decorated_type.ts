interface A { a: }
