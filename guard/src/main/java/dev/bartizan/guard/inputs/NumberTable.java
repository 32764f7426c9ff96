package dev.bartizan.guard.inputs;

import dev.bartizan.core.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Tables of numbers in text: one input a line, cut by commas, semicolons or tabs, with or without
/// a line of names first. An empty field and `nan` are no numbers, which detectors report.
public final class NumberTable {
    /// Larger files are refused.
    public static final int MAX_BYTES = 256 << 20;

    /// Most numbers in all.
    public static final int MAX_NUMBERS = 1 << 26;

    private NumberTable() {}

    /// Reads a table.
    ///
    /// @param place its name, for messages
    /// @return rows of one length
    /// @throws UserError when a line holds something else, with its place
    public static List<double[]> read(byte[] bytes, String place) {
        String text = decoded(bytes, place);
        List<double[]> rows = new ArrayList<>();
        long numbers = 0;
        int line = 0;
        boolean hasNames = false;
        for (String one : (Iterable<String>) text.lines()::iterator) {
            line++;
            if (one.isBlank()) {
                continue;
            }
            String[] fields = one.split(separator(one), -1);
            numbers += fields.length;
            if (numbers > MAX_NUMBERS) {
                throw wrong("holds more than " + MAX_NUMBERS + " numbers", place, line);
            }
            if (rows.isEmpty() && !hasNames && isNames(fields)) {
                hasNames = true;
                continue;
            }
            double[] row = row(fields, place, line);
            if (!rows.isEmpty() && rows.getFirst().length != row.length) {
                throw wrong(
                        "has " + row.length + " fields, those before " + rows.getFirst().length,
                        place,
                        line);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String decoded(byte[] bytes, String place) {
        if (bytes.length > MAX_BYTES) {
            throw new UserError(
                    "The table is larger than " + MAX_BYTES + " bytes",
                    place,
                    "Give fewer inputs.");
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserError("The table is not UTF-8", place, "Save it in UTF-8.", e);
        }
    }

    private static String separator(String line) {
        return line.indexOf('\t') >= 0 ? "\t" : line.indexOf(';') >= 0 ? ";" : ",";
    }

    private static boolean isNames(String[] fields) {
        for (String field : fields) {
            if (!field.isBlank() && !isNumber(field)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(String field) {
        String bare = field.strip();
        return bare.equalsIgnoreCase("nan")
                || bare.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");
    }

    private static double[] row(String[] fields, String place, int line) {
        double[] row = new double[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String bare = fields[i].strip();
            if (bare.isEmpty() || bare.equalsIgnoreCase("nan")) {
                row[i] = Double.NaN;
            } else if (isNumber(bare)) {
                row[i] = Double.parseDouble(bare);
            } else {
                throw wrong("holds what is no number in field " + (i + 1), place, line);
            }
        }
        return row;
    }

    private static UserError wrong(String what, String place, int line) {
        return new UserError(
                "A line of the table " + what,
                place + ":" + line,
                "One input a line, numbers alone.");
    }
}
