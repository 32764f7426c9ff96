package dev.bartizan.robustness.data;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyArray;

/// The classes that an array of labels tells: one number for each row, or a row of zeros with one
/// 1.
public final class Labels {
    private Labels() {}

    /// The class of each of the first rows.
    ///
    /// @param where names the labels in messages
    /// @throws UserError when there are too few, or one is no class
    public static int[] of(NpyArray array, int rows, int classes, String where) {
        boolean isOneHot = array.shape().size() == 2 && array.rowSize() == classes && classes > 1;
        if (array.rows() < rows || (!isOneHot && array.rowSize() != 1)) {
            throw new UserError(
                    "Labels of shape " + array.shape() + " for " + rows + " examples",
                    where,
                    "Give one label for each example, or fewer examples with --count.");
        }
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = isOneHot ? hot(array, row, where) : label(array, row, classes, where);
        }
        return labels;
    }

    private static int hot(NpyArray array, int row, String where) {
        int width = array.rowSize();
        int found = -1;
        for (int i = 0; i < width; i++) {
            double number = array.number(row * width + i);
            if (number == 1 && found < 0) {
                found = i;
            } else if (number != 0) {
                throw wrong(row, "is no row of zeros with one 1", width, where);
            }
        }
        if (found < 0) {
            throw wrong(row, "holds no 1", width, where);
        }
        return found;
    }

    private static int label(NpyArray array, int row, int classes, String where) {
        double number = array.number(row);
        if (!(number >= 0 && number < classes && number == Math.rint(number))) {
            throw wrong(row, "is " + number, classes, where);
        }
        return (int) number;
    }

    private static UserError wrong(int row, String what, int classes, String where) {
        return new UserError(
                "Label " + row + " " + what + "; the model tells " + classes + " classes apart",
                where,
                "Give whole numbers from 0 to " + (classes - 1) + ".");
    }
}
