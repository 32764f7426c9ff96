package dev.bartizan.fuzz;

import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpzWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lzma.LZMACompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/// Small files of formats that the scanner's tests make none of, or none that is small.
final class Samples {
    private static final byte[] CONTENT =
            "packed, packed and packed once more\n".getBytes(StandardCharsets.US_ASCII);

    /// `compress` of one block, `aaaa`, nine bits a code (ncompress, `compress(1)`).
    private static final byte[] LZW = {0x1f, (byte) 0x9d, (byte) 0x90, 0x61, 0x02, 0x02, 0x03};

    /// `{"a":[1,2]}` (UBJSON specification, draft 12).
    private static final byte[] UBJSON = {
        '{', 'U', 1, 'a', '[', '#', 'U', 2, 'U', 1, 'l', 0, 0, 0, 2, '}'
    };

    /// Two bytes (LeCun's MNIST page, "the IDX file format").
    private static final byte[] IDX = {0, 0, 8, 1, 0, 0, 0, 2, 1, 2};

    private static final int CIFAR_ROW_BYTES = 3073;
    private static final int GGML_HEAD_BYTES = 64;

    private Samples() {}

    /// Files by the name of the parser that reads them.
    static Map<String, byte[]> all() throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        all.put("bzip2", packed(BZip2CompressorOutputStream::new));
        all.put("gzip", packed(GzipCompressorOutputStream::new));
        all.put("lz4", packed(FramedLZ4CompressorOutputStream::new));
        all.put("lzma", packed(LZMACompressorOutputStream::new));
        all.put("snappy", packed(FramedSnappyCompressorOutputStream::new));
        all.put("xz", packed(XZCompressorOutputStream::new));
        all.put("zlib", packed(DeflaterOutputStream::new));
        all.put("zfile", zfile());
        all.put("lzw", LZW);
        all.put("ubjson-reader", UBJSON);
        all.put("idx-reader", IDX);
        all.put("cifar-reader", new byte[CIFAR_ROW_BYTES]);
        all.put("npz-reader", npz());
        all.put("ggml", ggml());
        return all;
    }

    /// As joblib wrote them up to 0.9.
    private static byte[] zfile() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("ZF0x24               ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(packed(DeflaterOutputStream::new));
        return out.toByteArray();
    }

    @FunctionalInterface
    private interface Packer {
        OutputStream to(OutputStream out) throws IOException;
    }

    private static byte[] packed(Packer packer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = packer.to(out)) {
            packing.write(CONTENT);
        }
        return out.toByteArray();
    }

    private static byte[] npz() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpzWriter.write(Map.of("a", NpyArray.of(List.of(2), 1f, 2f)), out);
        return out.toByteArray();
    }

    private static byte[] ggml() {
        byte[] file = new byte[GGML_HEAD_BYTES];
        System.arraycopy("lmgg".getBytes(StandardCharsets.US_ASCII), 0, file, 0, Integer.BYTES);
        return file;
    }
}
