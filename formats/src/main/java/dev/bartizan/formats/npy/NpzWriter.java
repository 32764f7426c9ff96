package dev.bartizan.formats.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes arrays as a compressed `.npz` archive, as `numpy.savez_compressed` does.
public final class NpzWriter {
    private NpzWriter() {}

    /// Writes arrays by name. The stream stays open.
    ///
    /// @throws IOException when it cannot be written
    public static void write(Map<String, NpyArray> arrays, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
            ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(NpyWriter.bytes(array.getValue()));
            zip.closeEntry();
        }
        zip.finish();
    }
}
