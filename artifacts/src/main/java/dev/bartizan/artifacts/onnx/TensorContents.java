package dev.bartizan.artifacts.onnx;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import java.io.IOException;

/// The bytes of a tensor against its shape and type (onnx.proto, `TensorProto`), and whether they
/// are plain numbers.
final class TensorContents {
    private static final int RAW = 9;

    /// `float_data`, `int32_data`, `int64_data`, `double_data`, `uint64_data`.
    private static final int[] NUMBER_LISTS = {4, 5, 7, 10, 11};

    /// How an ELF program starts; numbers that are a program's first bytes come about by no
    /// training.
    private static final byte[] PROGRAM = {0x7f, 'E', 'L', 'F'};

    /// Bytes of one element by the number of its type; 0 where they are packed or no numbers.
    private static final int[] TYPE_BYTES = {
        0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 8, 16, 2, 1, 1, 1, 1, 0, 0, 0, 1
    };

    private final Notes notes;
    private final Rule broken;

    TensorContents(Notes notes, Rule broken) {
        this.notes = notes;
        this.broken = broken;
    }

    void look(Wire tensor, long offset) throws IOException {
        String name = "Tensor \"" + Shown.text(tensor.text(8)) + "\"";
        long items = items(tensor);
        if (items < 0) {
            notes.broken(broken, Severity.MEDIUM, offset, name + " has an impossible shape");
            return;
        }
        for (Field raw : tensor.all(RAW)) {
            if (raw.isBytes() && raw.value() > 0) {
                size(tensor, name, items, raw);
                if (PickleAnalyser.isPickleAmongNumbers(raw.bytes())
                        || raw.bytes().has(0, PROGRAM)) {
                    notes.member(
                            "tensor-" + Shown.text(tensor.text(8)),
                            raw.bytes(),
                            offset + raw.offset(),
                            offset + raw.offset() + raw.value());
                } else {
                    HiddenFiles.look(raw.bytes(), offset + raw.offset(), notes);
                }
            }
        }
        for (int field : NUMBER_LISTS) {
            for (Field numbers : tensor.all(field)) {
                if (numbers.isBytes()) {
                    HiddenFiles.look(numbers.bytes(), offset + numbers.offset(), notes);
                }
            }
        }
    }

    private void size(Wire tensor, String name, long items, Field raw) {
        long type = tensor.last(2).map(Field::value).orElse(0L);
        long each = type >= 0 && type < TYPE_BYTES.length ? TYPE_BYTES[(int) type] : 0;
        if (each > 0 && items != raw.value() / each) {
            notes.broken(
                    broken,
                    Severity.MEDIUM,
                    raw.offset(),
                    name
                            + " needs "
                            + items
                            + " values of "
                            + each
                            + " bytes and has "
                            + raw.value()
                            + " bytes");
        }
    }

    /// Product of the axes; -1 when one is negative or the product is larger than any file.
    private static long items(Wire tensor) throws IOException {
        long items = 1;
        for (Field dim : tensor.all(1)) {
            if (!dim.isBytes()) {
                items = times(items, dim.value());
            } else {
                items = packed(items, dim);
            }
        }
        return items;
    }

    private static long packed(long start, Field dims) throws IOException {
        long items = start;
        byte[] bytes = dims.bytes().bytes(0, 1 << 10);
        long value = 0;
        int shift = 0;
        for (byte b : bytes) {
            value |= (long) (b & 0x7f) << Math.min(63, shift);
            shift += 7;
            if (b >= 0) {
                items = times(items, value);
                value = 0;
                shift = 0;
            }
        }
        return items;
    }

    private static long times(long items, long axis) {
        boolean isImpossible = items < 0 || axis < 0 || (axis > 0 && items > (1L << 50) / axis);
        return isImpossible ? -1 : items * axis;
    }
}
