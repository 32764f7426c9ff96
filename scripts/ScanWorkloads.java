import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/// Makes what `scripts/measure-scan` measures: `java ScanWorkloads.java FOLDER`. What is there already stays.
/// Sizes follow the figures published of other scanners, so that the two stand beside one another.
final class ScanWorkloads {
    private static final int TENSORS = 256;
    private static final int ALIGNMENT = 64; // torch.save aligns storages so

    private ScanWorkloads() {}

    static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int percent = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        make(folder.resolve("tiny.pkl"), path -> Files.write(path, small(0, 22)));
        make(folder.resolve("pickles"), path -> pickles(path, 5_000 * percent / 100));
        make(folder.resolve("torch-1.pt"), path -> torch(path, 4_194_304L * percent / 100));
        make(folder.resolve("torch-4.pt"), path -> torch(path, 15_625_000L * percent / 100));
        make(folder.resolve("tree"), path -> tree(path, 100_000 * percent / 100));
        make(folder.resolve("texts"), path -> texts(path, 200_000 * percent / 100));
    }

    private interface Maker {
        void make(Path path) throws IOException;
    }

    private static void make(Path path, Maker maker) throws IOException {
        Path work = path.resolveSibling(path.getFileName() + ".work");
        if (!Files.exists(path)) {
            maker.make(work);
            Files.move(work, path);
        }
    }

    private static void pickles(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve("p%05d.pkl".formatted(i)), small(i, 400));
        }
    }

    /// A pickle of protocol 4 of about so many bytes: a dictionary of short texts and numbers, or one text.
    private static byte[] small(int seed, int bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 4});
        if (bytes < 40) {
            text(out, "x".repeat(bytes - 5));
        } else {
            SplittableRandom random = new SplittableRandom(seed);
            out.writeBytes(new byte[] {'}', '('});
            while (out.size() < bytes - 20) {
                text(out, "key" + random.nextInt(100_000));
                out.writeBytes(new byte[] {'K', (byte) random.nextInt(256)});
            }
            out.write('u');
        }
        out.write('.');
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(new byte[] {(byte) 0x8c, (byte) bytes.length});
        out.writeBytes(bytes);
    }

    private static void tree(Path folder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Path inner = folder.resolve("%03d".formatted(i / 1000)).resolve("%02d".formatted(i / 100 % 10));
            if (i % 100 == 0) {
                Files.createDirectories(inner);
            }
            switch (i % 5) {
                case 0 -> Files.write(inner.resolve(i + ".pkl"), small(i, 400));
                case 1 -> Files.writeString(inner.resolve(i + ".json"), "{\"hidden_size\": " + i + ", \"layers\": 4}\n");
                case 2 -> Files.writeString(inner.resolve(i + ".txt"), "A line about model " + i + ".\n");
                case 3 -> Files.writeString(inner.resolve(i + ".py"), "import math\n\n\ndef area(r):\n    return math.pi * r ** " + i + "\n");
                default -> Files.write(inner.resolve(i + ".safetensors"), safetensors(i));
            }
        }
    }

    /// Documents and rows of a data set, of words that instructions, code and prose have in common.
    private static void texts(Path folder, int words) throws IOException {
        List<String> vocabulary =
                List.of(
                        ("the a of and to in is that it for you was with as on be at by this have from or one had not but what"
                                        + " all were when we there can an your which their if do will each about how up out them then she many"
                                        + " some so these would other into has more two like him see time could no make than first been its who"
                                        + " now people my made over did down only way find use may water long little very after words called"
                                        + " model data layer training token key value read list copy add set open get send secret never without"
                                        + " system user file function returns parameter tensor batch learning rate evaluation")
                                .split(" "));
        Files.createDirectories(folder);
        for (int i = 0; i < 8; i++) {
            SplittableRandom random = new SplittableRandom(i);
            StringBuilder text = new StringBuilder(i % 2 == 0 ? "# Notes\n\n" : "");
            for (int word = 0; word < words; ) {
                StringBuilder sentence = new StringBuilder();
                for (int end = word + random.nextInt(5, 60); word < end; word++) {
                    sentence.append(vocabulary.get(random.nextInt(vocabulary.size()))).append(random.nextInt(12) == 0 ? ". " : " ");
                }
                text.append(i % 2 == 0 ? sentence + "\n\n" : "{\"prompt\": \"" + sentence + "\", \"label\": " + word % 7 + "}\n");
            }
            Files.writeString(folder.resolve("text" + i + (i % 2 == 0 ? ".md" : ".jsonl")), text);
        }
    }

    private static byte[] safetensors(int seed) {
        byte[] header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[0,64]}}".getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + 64).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        for (int i = 0; i < 16; i++) {
            file.putFloat(seed + i);
        }
        return file.array();
    }

    /// A checkpoint as torch.save writes it: a zip archive of stored members with a state dictionary of
    /// tensors whose bytes are normally distributed-looking noise (no byte pattern helps a reader skip them).
    private static void torch(Path file, long storageBytes) throws IOException {
        long items = storageBytes / 4;
        List<byte[]> directory = new ArrayList<>();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            member(out, directory, "archive/data.pkl", ByteBuffer.wrap(stateDictionary(items)));
            ByteBuffer noise = ByteBuffer.allocate(Math.toIntExact(items * 4));
            for (int t = 0; t < TENSORS; t++) {
                SplittableRandom random = new SplittableRandom(t);
                random.nextBytes(noise.array());
                member(out, directory, "archive/data/" + t, noise.clear());
            }
            member(out, directory, "archive/version", ByteBuffer.wrap("3\n".getBytes(StandardCharsets.US_ASCII)));
            finish(out, directory);
        }
    }

    private static void member(FileChannel out, List<byte[]> directory, String name, ByteBuffer data) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(data.duplicate());
        long offset = out.position();
        int padding = (int) (-(offset + 30 + nameBytes.length + 4) & ALIGNMENT - 1);
        ByteBuffer local = little(30 + nameBytes.length + 4 + padding);
        local.putInt(0x04034b50).putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        facts(local, crc, data.remaining(), nameBytes.length).putShort((short) (4 + padding)).put(nameBytes);
        local.putShort((short) 0x4246).putShort((short) padding);
        ByteBuffer central = little(46 + nameBytes.length);
        central.putInt(0x02014b50).putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        facts(central, crc, data.remaining(), nameBytes.length);
        central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt((int) offset).put(nameBytes);
        directory.add(central.array());
        write(out, local.clear());
        write(out, data.duplicate());
    }

    private static ByteBuffer facts(ByteBuffer header, CRC32 crc, int size, int nameLength) {
        return header.putInt((int) crc.getValue()).putInt(size).putInt(size).putShort((short) nameLength);
    }

    private static void finish(FileChannel out, List<byte[]> directory) throws IOException {
        long start = out.position();
        for (byte[] entry : directory) {
            write(out, ByteBuffer.wrap(entry));
        }
        ByteBuffer end = little(22);
        end.putInt(0x06054b50).putInt(0).putShort((short) directory.size()).putShort((short) directory.size());
        end.putInt((int) (out.position() - start)).putInt((int) start).putShort((short) 0);
        write(out, end.clear());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static byte[] stateDictionary(long items) {
        StringBuilder pickle = new StringBuilder("\u0080\u0002}(");
        for (int t = 0; t < TENSORS; t++) {
            unicode(pickle, "layer." + t + ".weight");
            pickle.append("ctorch._utils\n_rebuild_tensor_v2\n((");
            unicode(pickle, "storage");
            pickle.append("ctorch\nFloatStorage\n");
            unicode(pickle, Integer.toString(t));
            unicode(pickle, "cpu");
            integer(pickle, items);
            pickle.append("tQK\u0000");
            integer(pickle, items);
            pickle.append("\u0085K\u0001\u0085\u0089ccollections\nOrderedDict\n)RtR");
        }
        return pickle.append("u.").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void unicode(StringBuilder pickle, String text) {
        pickle.append('X').append((char) text.length()).append("\0\0\0").append(text);
    }

    private static void integer(StringBuilder pickle, long value) {
        pickle.append('J');
        for (int shift = 0; shift < 32; shift += 8) {
            pickle.append((char) (value >> shift & 0xff));
        }
    }
}
