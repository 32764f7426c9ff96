package dev.bartizan.fuzz;

import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.boosted.BoostedLimits;
import dev.bartizan.formats.boosted.LightgbmReader;
import dev.bartizan.formats.boosted.XgboostReader;
import dev.bartizan.formats.flatbuffer.FlatTable;
import dev.bartizan.formats.hdf5.Hdf5Reader;
import dev.bartizan.formats.images.CifarReader;
import dev.bartizan.formats.images.IdxReader;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import dev.bartizan.formats.npy.NpyFormatException;
import dev.bartizan.formats.npy.NpyReader;
import dev.bartizan.formats.npy.NpzReader;
import dev.bartizan.formats.onnx.OnnxFormatException;
import dev.bartizan.formats.onnx.OnnxLimits;
import dev.bartizan.formats.onnx.OnnxReader;
import dev.bartizan.formats.safetensors.SafetensorsReader;
import dev.bartizan.formats.tar.TarReader;
import dev.bartizan.formats.ubjson.UbjReader;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipContent;
import dev.bartizan.formats.zip.ZipLimits;
import dev.bartizan.formats.zip.ZipMember;
import dev.bartizan.formats.zip.ZipReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// The readers of module `formats`, each read to the end of what it offers.
final class Readers {
    private static final int ROWS = 1000;
    private static final int FIELDS = 16;
    private static final long MEMBER_BYTES = 8 << 20;

    private Readers() {}

    static List<Parser> all() {
        return List.of(
                reader("zip-reader", Readers::zip, "zip", "pytorch"),
                reader("tar-reader", Readers::tar, "tar"),
                reader("hdf5-reader", Hdf5Reader::read, "hdf5"),
                reader("safetensors-reader", SafetensorsReader::read, "safetensors"),
                reader("flatbuffer-reader", Readers::flatBuffer, "tflite"),
                reader("json-reader", in -> JsonReader.read(all(in), JsonLimits.USUAL), "json"),
                reader("ubjson-reader", in -> UbjReader.read(all(in), JsonLimits.USUAL)),
                reader("xgboost-reader", in -> XgboostReader.read(all(in), BoostedLimits.USUAL)),
                reader("lightgbm-reader", in -> LightgbmReader.read(all(in), BoostedLimits.USUAL)),
                reader("cifar-reader", in -> CifarReader.read(buffer(in), ROWS)),
                reader("idx-reader", in -> IdxReader.read(buffer(in), ROWS)),
                reader("npy-reader", in -> NpyReader.read(buffer(in)), "numpy"),
                reader("npz-reader", NpzReader::read, "zip"),
                reader(
                        "onnx-reader",
                        in -> OnnxReader.read(buffer(in), OnnxLimits.DEFAULT),
                        "onnx"));
    }

    @FunctionalInterface
    private interface Reading {
        Object of(ByteSource input) throws IOException, FormatException;
    }

    private static Parser reader(String name, Reading reading, String... seeds) {
        return Parser.of(
                name,
                input -> {
                    try {
                        reading.of(ByteSource.of(input));
                        return Parser.Outcome.READ;
                    } catch (FormatException | OnnxFormatException | NpyFormatException _) {
                        return Parser.Outcome.REFUSED;
                    }
                },
                seeds);
    }

    private static byte[] all(ByteSource input) throws IOException {
        return input.bytes(0, Integer.MAX_VALUE);
    }

    private static ByteBuffer buffer(ByteSource input) throws IOException {
        return ByteBuffer.wrap(all(input));
    }

    private static ZipArchive zip(ByteSource input) throws IOException, FormatException {
        ZipArchive archive = ZipReader.read(input, ZipLimits.USUAL);
        for (ZipMember member : archive.members()) {
            try (ZipContent content = ZipContent.open(input, member, MEMBER_BYTES)) {
                content.bytes().bytes(0, ROWS);
            } catch (FormatException e) {
                if (e.kind() != FormatException.Kind.UNSUPPORTED) {
                    throw e;
                }
            }
        }
        return archive;
    }

    private static TarReader tar(ByteSource input) throws IOException, FormatException {
        TarReader tar = new TarReader(input);
        while (tar.hasNext()) {
            tar.next();
        }
        tar.paddingEnd();
        return tar;
    }

    private static FlatTable flatBuffer(ByteSource input) throws IOException, FormatException {
        FlatTable root = FlatTable.root(input);
        for (int field = 0; field < FIELDS; field++) {
            root.text(field);
            root.number(field, Long.BYTES, 0);
            FlatTable.Vector items = root.vector(field, Integer.BYTES);
            for (long item = 0; item < Math.min(items.count(), FIELDS); item++) {
                items.number(item);
            }
        }
        return root;
    }
}
