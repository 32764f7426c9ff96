package dev.bartizan.robustness;

import java.util.List;

/// Where the number of a channel, row and column stands. Rows without an image's shape are taken as
/// a square of one channel, or a line.
///
/// @param channels such as 3 for colours
/// @param isChannelLast whether the channels of a pixel stand side by side
public record ImageLayout(int channels, int height, int width, boolean isChannelLast) {
    private static final long MOST_CHANNELS = 4;

    /// The layout of an example of those sizes.
    public static ImageLayout of(List<Long> dims) {
        if (dims.size() == 3) {
            int first = Math.toIntExact(dims.get(0));
            int second = Math.toIntExact(dims.get(1));
            int third = Math.toIntExact(dims.get(2));
            boolean isLast = third <= MOST_CHANNELS && first > MOST_CHANNELS;
            return isLast
                    ? new ImageLayout(third, first, second, true)
                    : new ImageLayout(first, second, third, false);
        }
        int size = Math.toIntExact(dims.stream().reduce(1L, Math::multiplyExact));
        int side = (int) Math.round(Math.sqrt(size));
        return side * side == size
                ? new ImageLayout(1, side, side, false)
                : new ImageLayout(1, 1, size, false);
    }

    /// The place of a number.
    public int at(int channel, int row, int column) {
        return isChannelLast
                ? (row * width + column) * channels + channel
                : (channel * height + row) * width + column;
    }
}
