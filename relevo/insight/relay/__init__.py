"""The relay across crafts: where what was promised or handed on differs from what came."""
