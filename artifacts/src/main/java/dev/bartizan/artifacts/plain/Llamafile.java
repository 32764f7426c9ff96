package dev.bartizan.artifacts.plain;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Whether a program is a llamafile: an executable that carries a model in a zip archive at its
/// end.
final class Llamafile {
    private static final int SEARCHED_BYTES = 1 << 20;

    private Llamafile() {}

    static boolean isOne(ByteSource bytes) throws IOException {
        String start = text(bytes, 0);
        String end = text(bytes, Math.max(0, bytes.size() - SEARCHED_BYTES));
        boolean namesItself = start.contains("llamafile") || end.contains("llamafile");
        boolean holdsModel = start.contains("GGUF") || end.contains(".gguf");
        return namesItself || (holdsModel && end.contains("PK\1\2"));
    }

    private static String text(ByteSource bytes, long from) throws IOException {
        return new String(bytes.bytes(from, SEARCHED_BYTES), StandardCharsets.ISO_8859_1);
    }
}
