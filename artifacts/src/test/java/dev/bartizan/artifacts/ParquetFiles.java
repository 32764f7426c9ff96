package dev.bartizan.artifacts;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;

/// Writes Parquet tables of required columns of bytes, one page a column, and such as lie.
final class ParquetFiles {
    static final int PLAIN = 0;
    static final int DELTA_LENGTH = 6;
    static final int DELTA = 7;
    static final int DICTIONARY = 8;

    private final Map<String, List<byte[]>> columns = new LinkedHashMap<>();
    private final Map<String, byte[]> metadata = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int codec;
    private int version = 1;
    private int encoding;
    private int groups = 1;
    private Lie lie = Lie.NONE;

    /// What a file says that is not so.
    enum Lie {
        NONE,
        FOOTER_TOO_LONG,
        CHUNK_OUTSIDE,
        CHUNKS_OVERLAP,
        PAGE_UNPACKS_TO_LESS,
        PAGE_UNPACKS_TO_MUCH,
        NEGATIVE_VALUES,
        MORE_ROWS,
        MORE_VALUES,
        SCHEMA_WITHOUT_END,
        ELSEWHERE,
        GAP,
        CHECKSUM
    }

    static ParquetFiles table() {
        return new ParquetFiles();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    ParquetFiles texts(String name, String... values) {
        texts.add(name);
        List<byte[]> all = new ArrayList<>();
        for (String value : values) {
            all.add(utf8(value));
        }
        columns.put(name, all);
        return this;
    }

    ParquetFiles binary(String name, byte[]... values) {
        columns.put(name, List.of(values));
        return this;
    }

    ParquetFiles metadata(String key, byte[] value) {
        metadata.put(key, value);
        return this;
    }

    ParquetFiles codec(int number) {
        codec = number;
        return this;
    }

    ParquetFiles version(int number) {
        version = number;
        return this;
    }

    ParquetFiles encoding(int number) {
        encoding = number;
        return this;
    }

    /// The same rows so many times.
    ParquetFiles groups(int count) {
        groups = count;
        return this;
    }

    ParquetFiles lie(Lie what) {
        lie = what;
        return this;
    }

    /// Where a chunk lies.
    private record Chunk(String column, long dictionary, long data, long end) {}

    byte[] bytes() {
        out.writeBytes(utf8("PAR1"));
        List<List<Chunk>> all = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            List<Chunk> chunks = new ArrayList<>();
            columns.forEach((name, values) -> chunks.add(chunk(name, values)));
            all.add(chunks);
        }
        if (lie == Lie.GAP) {
            out.writeBytes(Pickles.calling("os", "system"));
        }
        Thrift footer = footer(all);
        out.writeBytes(footer.bytes());
        int length = footer.bytes().length;
        out.writeBytes(little(lie == Lie.FOOTER_TOO_LONG ? length + 100_000 : length));
        out.writeBytes(utf8("PAR1"));
        return out.toByteArray();
    }

    private Chunk chunk(String name, List<byte[]> values) {
        long start = out.size();
        byte[] page;
        long dictionary = 0;
        if (encoding == DICTIONARY) {
            page(2, plain(values), values.size(), PLAIN);
            dictionary = start;
            start = out.size();
            page = numbers(values.size());
        } else {
            page =
                    switch (encoding) {
                        case DELTA_LENGTH -> deltaLength(values);
                        case DELTA -> joined(lengths(new int[values.size()]), deltaLength(values));
                        default -> plain(values);
                    };
        }
        page(version == 1 ? 0 : 3, page, values.size(), encoding);
        return new Chunk(name, dictionary, start, out.size());
    }

    private void page(int kind, byte[] page, int values, int coded) {
        byte[] packed = packed(page);
        long unpacked =
                switch (lie) {
                    case PAGE_UNPACKS_TO_LESS -> page.length - 1L;
                    case PAGE_UNPACKS_TO_MUCH -> 1L << 30;
                    default -> page.length;
                };
        long count = lie == Lie.NEGATIVE_VALUES ? -5 : values;
        Thrift header = new Thrift().number(1, kind).number(2, unpacked).number(3, packed.length);
        if (lie == Lie.CHECKSUM) {
            header.number(4, 12345);
        }
        Thrift inner = new Thrift().number(1, count);
        switch (kind) {
            case 0 -> header.struct(5, inner.number(2, coded).number(3, 3).number(4, 3));
            case 2 -> header.struct(7, inner.number(2, coded));
            default ->
                    header.struct(
                            8,
                            inner.number(2, 0)
                                    .number(3, count)
                                    .number(4, coded)
                                    .number(5, 0)
                                    .number(6, 0));
        }
        out.writeBytes(header.bytes());
        out.writeBytes(packed);
    }

    private Thrift footer(List<List<Chunk>> all) {
        List<Thrift> schema = new ArrayList<>();
        schema.add(new Thrift().text(4, "root").number(5, columns.size()));
        if (lie == Lie.SCHEMA_WITHOUT_END) {
            schema.clear();
            for (int i = 0; i < 5000; i++) {
                schema.add(new Thrift().text(4, "deeper").number(5, 1));
            }
        }
        for (String name : columns.keySet()) {
            Thrift element = new Thrift().number(1, 6).number(3, 0).text(4, name);
            schema.add(texts.contains(name) ? element.number(6, 0) : element);
        }
        List<Thrift> rowGroups = new ArrayList<>();
        long rows = columns.values().iterator().next().size();
        for (List<Chunk> chunks : all) {
            List<Thrift> each = chunks.stream().map(chunk -> column(chunk, rows)).toList();
            rowGroups.add(new Thrift().list(1, each).number(2, 1).number(3, rows));
        }
        List<Thrift> keys = new ArrayList<>();
        metadata.forEach((key, value) -> keys.add(new Thrift().text(1, key).bytes(2, value)));
        Thrift footer = new Thrift().number(1, 1).list(2, schema);
        footer.number(3, rows * groups + (lie == Lie.MORE_ROWS ? 7 : 0)).list(4, rowGroups);
        return (keys.isEmpty() ? footer : footer.list(5, keys)).text(6, "own tests");
    }

    private Thrift column(Chunk chunk, long rows) {
        boolean isFirst = chunk.column().equals(columns.keySet().iterator().next());
        long shift =
                switch (lie) {
                    case CHUNK_OUTSIDE -> 1 << 20;
                    case CHUNKS_OVERLAP -> isFirst ? 0 : -12;
                    default -> 0;
                };
        long start = chunk.dictionary() == 0 ? chunk.data() : chunk.dictionary();
        Thrift metadataOf =
                new Thrift()
                        .number(1, 6)
                        .number(4, codec)
                        .number(5, rows + (lie == Lie.MORE_VALUES ? 3 : 0))
                        .number(6, 1)
                        .number(7, chunk.end() - start)
                        .number(9, chunk.data() + shift);
        if (chunk.dictionary() > 0) {
            metadataOf.number(11, chunk.dictionary());
        }
        Thrift column = new Thrift();
        if (lie == Lie.ELSEWHERE) {
            column.text(1, "../../etc/other.parquet");
        }
        return column.number(2, chunk.data()).struct(3, metadataOf);
    }

    private static byte[] plain(List<byte[]> values) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        for (byte[] value : values) {
            page.writeBytes(little(value.length));
            page.writeBytes(value);
        }
        return page.toByteArray();
    }

    /// Each value in turn, in runs of one: eight bits a number.
    private static byte[] numbers(int count) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.write(8);
        for (int i = 0; i < count; i++) {
            page.write(2);
            page.write(i);
        }
        return page.toByteArray();
    }

    private static byte[] deltaLength(List<byte[]> values) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(lengths(values.stream().mapToInt(value -> value.length).toArray()));
        values.forEach(page::writeBytes);
        return page.toByteArray();
    }

    /// Blocks of 128 numbers in four parts, 32 bits each.
    private static byte[] lengths(int[] numbers) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        Thrift.varint(page, 128);
        Thrift.varint(page, 4);
        Thrift.varint(page, numbers.length);
        Thrift.varint(page, numbers.length == 0 ? 0 : 2L * numbers[0]);
        for (int from = 1; from < numbers.length; from += 128) {
            Thrift.varint(page, 0);
            page.writeBytes(new byte[] {32, 32, 32, 32});
            for (int i = from; i < from + 128; i++) {
                if ((i - from) % 32 == 0 && i >= numbers.length) {
                    break;
                }
                page.writeBytes(little(i < numbers.length ? numbers[i] - numbers[i - 1] : 0));
            }
        }
        return page.toByteArray();
    }

    private byte[] packed(byte[] page) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try {
            switch (codec) {
                case 1 -> {
                    try (var to = new SnappyCompressorOutputStream(packed, page.length)) {
                        to.write(page);
                    }
                }
                case 2 -> {
                    try (var to = new GZIPOutputStream(packed)) {
                        to.write(page);
                    }
                }
                case 6 -> packed.writeBytes(Zstd.compress(page));
                case 7 -> {
                    try (var to = new BlockLZ4CompressorOutputStream(packed)) {
                        to.write(page);
                    }
                }
                default -> packed.writeBytes(page);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] little(int number) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
    }

    /// A structure of Thrift's compact protocol.
    private static final class Thrift {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int last;

        private Thrift head(int id, int type) {
            out.write((id - last) << 4 | type);
            last = id;
            return this;
        }

        Thrift number(int id, long value) {
            head(id, value == (int) value ? 5 : 6);
            varint(out, value << 1 ^ value >> 63);
            return this;
        }

        Thrift bytes(int id, byte[] value) {
            head(id, 8);
            varint(out, value.length);
            out.writeBytes(value);
            return this;
        }

        Thrift text(int id, String value) {
            return bytes(id, utf8(value));
        }

        Thrift struct(int id, Thrift inner) {
            head(id, 12);
            out.writeBytes(inner.bytes());
            return this;
        }

        Thrift list(int id, List<Thrift> items) {
            head(id, 9);
            if (items.size() < 15) {
                out.write(items.size() << 4 | 12);
            } else {
                out.write(0xfc);
                varint(out, items.size());
            }
            items.forEach(item -> out.writeBytes(item.bytes()));
            return this;
        }

        byte[] bytes() {
            return joined(out.toByteArray(), new byte[1]);
        }

        static void varint(ByteArrayOutputStream out, long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                out.write((int) ((left & 0x7f) | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }
    }
}
