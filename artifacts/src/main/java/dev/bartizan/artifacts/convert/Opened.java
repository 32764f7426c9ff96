package dev.bartizan.artifacts.convert;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What was opened on the way, closed together.
final class Opened implements AutoCloseable {
    private final List<ByteSource> sources = new ArrayList<>();

    ByteSource keep(ByteSource source) {
        sources.add(source);
        return source;
    }

    @Override
    public void close() throws IOException {
        for (ByteSource source : sources.reversed()) {
            source.close();
        }
    }
}
