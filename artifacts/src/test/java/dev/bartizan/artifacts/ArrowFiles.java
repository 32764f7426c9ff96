package dev.bartizan.artifacts;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes tables of Arrow with columns of texts or bytes, as streams and as files.
final class ArrowFiles {
    private static final int BINARY = 4;
    private static final int UTF8 = 5;

    private final Map<String, List<byte[]>> columns = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, byte[]> typeMetadata = new LinkedHashMap<>();
    private final List<long[]> blocks = new ArrayList<>();
    private boolean isPacked;
    private boolean isLying;
    private boolean hasSchema = true;
    private int batches = 1;

    static ArrowFiles table() {
        return new ArrowFiles();
    }

    ArrowFiles texts(String name, String... values) {
        texts.add(name);
        List<byte[]> all = new ArrayList<>();
        for (String value : values) {
            all.add(value.getBytes(StandardCharsets.UTF_8));
        }
        columns.put(name, all);
        return this;
    }

    ArrowFiles binary(String name, byte[]... values) {
        columns.put(name, List.of(values));
        return this;
    }

    /// What stands beside every column.
    ArrowFiles beside(String key, byte[] value) {
        typeMetadata.put(key, value);
        return this;
    }

    ArrowFiles packed() {
        isPacked = true;
        return this;
    }

    ArrowFiles batches(int count) {
        batches = count;
        return this;
    }

    /// Buffers lead out of their batch.
    ArrowFiles lying() {
        isLying = true;
        return this;
    }

    /// The first message is missing, and only a footer names the columns.
    ArrowFiles withoutSchema() {
        hasSchema = false;
        return this;
    }

    byte[] stream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        messages(out);
        return out.toByteArray();
    }

    byte[] file() {
        return file(batches);
    }

    /// A file whose footer names so many batches.
    byte[] file(int named) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("ARROW1\0\0".getBytes(StandardCharsets.US_ASCII));
        messages(out);
        byte[] footer = footer(blocks.subList(0, named));
        out.writeBytes(footer);
        out.writeBytes(ParquetFiles.little(footer.length));
        out.writeBytes("ARROW1".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private void messages(ByteArrayOutputStream out) {
        blocks.clear();
        if (hasSchema) {
            message(out, schemaMessage(), new byte[0]);
        }
        for (int i = 0; i < batches; i++) {
            batch(out);
        }
        out.writeBytes(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0});
    }

    private void message(ByteArrayOutputStream out, byte[] description, byte[] body) {
        int padded = (description.length + 7) / 8 * 8;
        out.writeBytes(new byte[] {-1, -1, -1, -1});
        out.writeBytes(ParquetFiles.little(padded));
        out.writeBytes(java.util.Arrays.copyOf(description, padded));
        out.writeBytes(body);
    }

    private byte[] schemaMessage() {
        FlatBuilder flat = new FlatBuilder();
        int schema = schema(flat);
        return flat.done(
                flat.table(flat.number(0, 4, 1), flat.number(1, 1, 1), flat.reference(2, schema)),
                "");
    }

    private int schema(FlatBuilder flat) {
        int[] fields = new int[columns.size()];
        int i = 0;
        for (String name : columns.keySet()) {
            int text = flat.bytes(name.getBytes(StandardCharsets.UTF_8));
            int type = flat.table();
            int[] entries = new int[typeMetadata.size()];
            int k = 0;
            for (Map.Entry<String, byte[]> entry : typeMetadata.entrySet()) {
                int key = flat.bytes(entry.getKey().getBytes(StandardCharsets.UTF_8));
                int value = flat.bytes(entry.getValue());
                entries[k++] = flat.table(flat.reference(0, key), flat.reference(1, value));
            }
            int beside = flat.references(entries);
            fields[i++] =
                    flat.table(
                            flat.reference(0, text),
                            flat.number(2, texts.contains(name) ? UTF8 : BINARY, 1),
                            flat.reference(3, type),
                            flat.reference(6, beside));
        }
        return flat.table(flat.reference(1, flat.references(fields)));
    }

    private void batch(ByteArrayOutputStream out) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteArrayOutputStream places = new ByteArrayOutputStream();
        ByteArrayOutputStream nodes = new ByteArrayOutputStream();
        long rows = columns.values().iterator().next().size();
        for (List<byte[]> values : columns.values()) {
            nodes.writeBytes(longs(rows, 0));
            buffer(new byte[0], body, places);
            ByteArrayOutputStream offsets = new ByteArrayOutputStream();
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            offsets.writeBytes(ParquetFiles.little(0));
            for (byte[] value : values) {
                data.writeBytes(value);
                offsets.writeBytes(ParquetFiles.little(data.size()));
            }
            buffer(offsets.toByteArray(), body, places);
            buffer(data.toByteArray(), body, places);
        }
        FlatBuilder flat = new FlatBuilder();
        int nodeList = flat.structs(nodes.toByteArray(), 16);
        int bufferList = flat.structs(places.toByteArray(), 16);
        int packing = flat.table(flat.number(0, 1, 1));
        FlatBuilder.Field[] fields = {
            flat.number(0, rows, 8), flat.reference(1, nodeList), flat.reference(2, bufferList)
        };
        if (isPacked) {
            fields = java.util.Arrays.copyOf(fields, 4);
            fields[3] = flat.reference(3, packing);
        }
        int batch = flat.table(fields);
        byte[] description =
                flat.done(
                        flat.table(
                                flat.number(0, 4, 1),
                                flat.number(1, 3, 1),
                                flat.reference(2, batch),
                                flat.number(3, body.size(), 8)),
                        "");
        long padded = (description.length + 7L) / 8 * 8 + 8;
        blocks.add(new long[] {out.size(), padded, body.size()});
        message(out, description, body.toByteArray());
    }

    private void buffer(byte[] bytes, ByteArrayOutputStream body, ByteArrayOutputStream places) {
        byte[] written = bytes;
        if (isPacked && bytes.length > 0) {
            written = ParquetFiles.joined(longs(bytes.length), Zstd.compress(bytes));
        }
        places.writeBytes(longs(body.size(), written.length + (isLying ? 1L << 20 : 0)));
        body.writeBytes(java.util.Arrays.copyOf(written, (written.length + 7) / 8 * 8));
    }

    private byte[] footer(List<long[]> named) {
        FlatBuilder flat = new FlatBuilder();
        int schema = schema(flat);
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        named.forEach(block -> list.writeBytes(longs(block)));
        return flat.done(
                flat.table(
                        flat.number(0, 4, 1),
                        flat.reference(1, schema),
                        flat.reference(3, flat.structs(list.toByteArray(), 24))),
                "");
    }

    private static byte[] longs(long... numbers) {
        ByteBuffer out = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            out.putLong(number);
        }
        return out.array();
    }
}
