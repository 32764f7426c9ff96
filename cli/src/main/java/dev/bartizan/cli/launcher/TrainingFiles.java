package dev.bartizan.cli.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Small model files that the training run scans, so that the AOT cache holds what scans of such
/// files use.
final class TrainingFiles {
    private static final int STORAGE_BYTES = 64;

    /// Of a file of two such tensors all is searched that is searched of any.
    private static final int LARGE_STORAGE_BYTES = 4 << 20;

    /// More tensors than an account of a pickle tells of one by one.
    private static final int TENSORS = 12;

    private TrainingFiles() {}

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("plain.pkl"), latin("\u0080\u0004}(\u008c\u0003keyK\u0001u."));
        Files.write(folder.resolve("calls.pkl"), latin("cos\ngetcwd\n)R."));
        Files.write(
                folder.resolve("text.pkl"), latin("\u0080\u0004\u008c\u0011aWordOfSomeLength."));
        Files.write(folder.resolve("weights.pt"), torch(folder, new byte[STORAGE_BYTES]));
        // Among random numbers stands what looks like the start of everything that may hide there.
        byte[] noise = new byte[LARGE_STORAGE_BYTES];
        new SplittableRandom(0).nextBytes(noise);
        Files.write(folder.resolve("large.pt"), torch(folder, noise));
        Files.write(folder.resolve("weights.safetensors"), safetensors());
        Files.writeString(folder.resolve("config.json"), "{\"hidden_size\": 4}\n");
        Files.writeString(folder.resolve("notes.txt"), "A line.\n");
        Files.writeString(folder.resolve("code.py"), "import math\n\nprint(math.pi)\n");
    }

    private static byte[] torch(Path folder, byte[] storage) throws IOException {
        Path file = folder.resolve("weights.work");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            store(zip, "archive/data.pkl", stateDictionary());
            store(zip, "archive/data/0", storage);
            store(zip, "archive/data/1", storage);
            store(zip, "archive/version", latin("3\n"));
            zip.putNextEntry(new ZipEntry("archive/deflated"));
            zip.write(new byte[STORAGE_BYTES]);
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static byte[] stateDictionary() {
        StringBuilder pickle = new StringBuilder("\u0080\u0002}(");
        for (int i = 0; i < TENSORS; i++) {
            pickle.append("X\u0002\0\0\0w").append((char) ('a' + i));
            pickle.append("ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storage");
            pickle.append("ctorch\nFloatStorage\nX\u0001\0\0\0" + (i % 2));
            pickle.append("X\u0003\0\0\0cpuK\u0010tQK\0K\u0010\u0085K\u0001\u0085\u0089");
            pickle.append("ccollections\nOrderedDict\n)RtR");
        }
        return latin(pickle.append("u.").toString());
    }

    private static byte[] safetensors() {
        byte[] header = latin("{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}");
        ByteBuffer file =
                ByteBuffer.allocate(8 + header.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(header.length).put(header).array();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
