package dev.bartizan.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Weights in the formats of frameworks: a PyTorch archive, a pickle with a planted call, a
/// safetensors file.
final class Checkpoints {
    private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 3, 2, 9, 30);
    private static final int SAFETENSORS_ALIGNMENT = 8;

    private Checkpoints() {}

    /// Named weights.
    record Weights(String name, List<Integer> shape, List<Float> values) {
        Weights {
            shape = List.copyOf(shape);
            values = List.copyOf(values);
        }

        static Weights random(String name, long seed, Integer... shape) {
            SeededRandom random = new SeededRandom(seed);
            int size = 1;
            for (int dim : shape) {
                size *= dim;
            }
            List<Float> values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                values.add((float) (0.1 * random.gaussian()));
            }
            return new Weights(name, List.of(shape), values);
        }

        byte[] bytes() {
            byte[] bytes = new byte[values.size() * Float.BYTES];
            ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            values.forEach(little::putFloat);
            return bytes;
        }
    }

    /// What `torch.save` of a state dictionary gives: a zip with `data.pkl` and one file of raw
    /// numbers for each tensor.
    static byte[] torchArchive(String root, List<Weights> tensors) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(root + "/data.pkl", stateDictionary(tensors));
        entries.put(root + "/byteorder", ascii("little"));
        for (int i = 0; i < tensors.size(); i++) {
            entries.put(root + "/data/" + i, tensors.get(i).bytes());
        }
        entries.put(root + "/version", ascii("3\n"));
        return storedZip(entries);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] stateDictionary(List<Weights> tensors) {
        PickleOutput out = new PickleOutput(2);
        out.global("collections", "OrderedDict").emptyTuple().reduce().mark();
        for (int i = 0; i < tensors.size(); i++) {
            Weights tensor = tensors.get(i);
            out.text(tensor.name()).global("torch._utils", "_rebuild_tensor_v2").mark();
            out.mark().text("storage").global("torch", "FloatStorage");
            out.text(Integer.toString(i)).text("cpu").integer(tensor.values().size()).tuple();
            out.persistentId().integer(0);
            integers(out, tensor.shape());
            integers(out, strides(tensor.shape()));
            out.isFalse().global("collections", "OrderedDict").emptyTuple().reduce();
            out.tuple().reduce();
        }
        return out.setItems().stop();
    }

    private static void integers(PickleOutput out, List<Integer> values) {
        out.mark();
        for (int value : values) {
            out.integer(value);
        }
        out.tuple();
    }

    private static List<Integer> strides(List<Integer> shape) {
        List<Integer> strides = new ArrayList<>();
        int stride = 1;
        for (int dim : shape.reversed()) {
            strides.addFirst(stride);
            stride *= dim;
        }
        return strides;
    }

    private static byte[] storedZip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(stored(entry.getKey(), entry.getValue()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(WRITTEN);
        return entry;
    }

    /// A score card as a pickle, with a planted call: whoever loads it runs `command`. The scanner
    /// must find it; nothing here loads it.
    static byte[] pickleThatCalls(String command, double... scores) {
        PickleOutput out = new PickleOutput(4);
        out.emptyDictionary().mark();
        out.text("name").text("settlement-scores").text("version").integer(7);
        out.text("scores").emptyList().mark();
        for (double score : scores) {
            out.number(score);
        }
        out.appends();
        out.text("calibration").text("os").text("system").stackGlobal();
        out.mark().text(command).tuple().reduce();
        return out.setItems().stop();
    }

    /// A safetensors file.
    static byte[] safetensors(List<Weights> tensors) {
        List<String> parts = new ArrayList<>();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Weights tensor : tensors) {
            int start = data.size();
            data.writeBytes(tensor.bytes());
            parts.add(
                    "\""
                            + tensor.name()
                            + "\":{\"dtype\":\"F32\",\"shape\":"
                            + tensor.shape().toString().replace(" ", "")
                            + ",\"data_offsets\":["
                            + start
                            + ","
                            + data.size()
                            + "]}");
        }
        String json = "{" + String.join(",", parts) + "}";
        int padding = Math.floorMod(-json.length(), SAFETENSORS_ALIGNMENT);
        byte[] header = ascii(json + " ".repeat(padding));
        byte[] length = new byte[Long.BYTES];
        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(length);
        file.writeBytes(header);
        file.writeBytes(data.toByteArray());
        return file.toByteArray();
    }
}
