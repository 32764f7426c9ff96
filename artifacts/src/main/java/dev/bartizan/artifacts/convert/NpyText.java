package dev.bartizan.artifacts.convert;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.ElementType;
import dev.bartizan.formats.weights.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An array file (NumPy Enhancement Proposal 1, versions 1 to 3) of any type that tensors have, as
/// a view on its bytes.
final class NpyText {
    static final String MAGIC = "\u0093NUMPY";

    private static final int LONGEST_HEADER = 1 << 20;
    private static final Pattern HEADER =
            Pattern.compile(
                    "\\{\\s*'descr':\\s*('[^']{1,40}'|\\[.*])\\s*,\\s*'fortran_order':\\s*(True|False)\\s*,"
                            + "\\s*'shape':\\s*\\(([0-9L, ]*+)\\)\\s*+,?\\s*+}\\s*+");

    private NpyText() {}

    static Tensor tensor(ByteSource file) throws IOException, FormatException, Refused {
        if (!file.has(0, MAGIC)) {
            throw FormatException.broken(0, "It is no array file");
        }
        ByteReader in = new ByteReader(file, MAGIC.length());
        int version = in.u8();
        in.skip(1);
        long length = version == 1 ? in.u16() : in.u32();
        if (version < 1 || version > 3 || length > LONGEST_HEADER) {
            throw FormatException.broken(MAGIC.length(), "An array header of no known version");
        }
        String text = new String(in.bytes((int) length), StandardCharsets.UTF_8);
        Matcher header = HEADER.matcher(text);
        if (!header.matches()) {
            throw FormatException.broken(in.position(), "The header of the array cannot be read");
        }
        String description = header.group(1);
        if (description.startsWith("[")) {
            throw new Refused("an array's elements have fields");
        }
        String plain = description.substring(1, description.length() - 1);
        ElementType type = NumpyArrays.element(plain);
        Tensor.Storage storage =
                NumpyArrays.storage(file.slice(in.position(), in.remaining()), plain, false);
        return NumpyArrays.whole(
                type, shape(header.group(3)), header.group(2).equals("True"), storage);
    }

    private static List<Long> shape(String text) throws Refused {
        List<Long> shape = new ArrayList<>();
        for (String size : text.split(",", 66)) {
            String digits = size.strip().replaceFirst("L$", "");
            if (digits.isEmpty()) {
                continue;
            }
            if (!digits.matches("[0-9]{1,18}") || shape.size() >= 64) {
                throw new Refused("an array's shape cannot be read");
            }
            shape.add(Long.parseLong(digits));
        }
        return shape;
    }
}
