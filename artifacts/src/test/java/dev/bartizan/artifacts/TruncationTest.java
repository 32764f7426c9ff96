package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.formats.ByteSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A download that broke off is never clean: every format cut at twenty places and more. Texts are
/// none of these, since a part of a text is a text.
class TruncationTest {
    private static final int CUTS = 20;

    /// A file and its name.
    record Whole(String name, ByteSource bytes) {
        static Whole of(String name, byte[] bytes) {
            return new Whole(name, ByteSource.of(bytes));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Whole> files() throws IOException {
        byte[] pickle = Pickles.protocol(4).ops("}(").text("a").ops("K\u0001u.").bytes();
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("m/data.pkl", pickle);
        members.put("m/data/0", new byte[100]);
        byte[] numbers = TensorTrials.floats(3, 96);
        byte[] block = joined(field(1, 0), field(2, -1L & 0x7fffffff), field(4, field(3, "relu")));
        return Stream.of(
                Whole.of("m.pkl", pickle),
                Whole.of("m.pt", Scans.zip(members)),
                Whole.of("legacy.pt", StreamTrials.legacy()),
                Whole.of("m.tar", FormatScanTest.tar("data.pkl", '0', "", pickle)),
                Whole.of("m.npy", TensorTrials.npy(numbers)),
                Whole.of("m.npz", Scans.zip(Map.of("a.npy", TensorTrials.npy(numbers)))),
                Whole.of("m.onnx", TensorTrials.onnx(numbers, "author")),
                Whole.of("m.gguf", TensorTrials.gguf(numbers)),
                Whole.of("m.safetensors", TensorTrials.safetensors(numbers)),
                Whole.of("m.h5", TensorTrials.hdf5(numbers)),
                Whole.of("m.keras.h5", Hdf5ScanTest.model("{\"class_name\":\"Dense\"}")),
                Whole.of("m.tflite", ModelFormatsScanTest.tflite("ADD", 4, 16, 0)),
                Whole.of("m.pdmodel", field(1, block)),
                Whole.of("config.json", utf8("{\"model_type\":\"bert\",\"layers\":[1,2,3]}")),
                Whole.of("m.zst", ContainersScanTest.zstd(pickle)),
                Whole.of("m.lz4", ContainersScanTest.lz4(pickle)),
                Whole.of("m.cbm", TreesScanTest.catboost("model", 0)),
                Whole.of("m.parquet", table().codec(6).encoding(ParquetFiles.DICTIONARY).bytes()),
                Whole.of("delta.parquet", table().version(2).encoding(7).groups(2).bytes()),
                Whole.of("m.arrow", rows().packed().batches(2).stream()),
                Whole.of("m.feather", rows().file()),
                Whole.of("manifest.ocdbt", OcdbtFiles.manifest("d/" + OcdbtFiles.NAME)));
    }

    private static ParquetFiles table() {
        return ParquetFiles.table().texts("text", "one row", "another row");
    }

    private static ArrowFiles rows() {
        return ArrowFiles.table().texts("text", "one row", "another row");
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatBreaksOffIsNeverClean(Whole whole) throws IOException {
        int size = (int) whole.bytes().size();
        byte[] bytes = whole.bytes().bytes(0, size);
        for (int i = 1; i < CUTS + 12; i++) {
            int cut = i < CUTS ? (int) ((long) size * i / CUTS) : size - (i - CUTS + 1);
            if (cut > 0 && cut < size) {
                FileReport report = Scans.scan(whole.name(), Arrays.copyOf(bytes, cut));
                assertThat(report.verdict()).as(cut + " of " + size).isNotEqualTo(Verdict.CLEAN);
            }
        }
    }

    @Test
    void textUnderTheNameOfABinaryFormatIsNotClean() {
        String page = "<!DOCTYPE html><html><head></head><body>Not found</body></html>";
        assertThat(Scans.scan("m.pt", utf8(page)).verdict()).isNotEqualTo(Verdict.CLEAN);
        assertThat(Scans.scan("page.html", utf8(page)).verdict()).isEqualTo(Verdict.CLEAN);
        String pointer =
                "version https://git-lfs.github.com/spec/v1\noid sha256:"
                        + "0".repeat(64)
                        + "\nsize 548105171\n";
        FileReport report = Scans.scan("model.safetensors", utf8(pointer));
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_COVERED);
        assertThat(report.findings()).isEmpty();
    }
}
