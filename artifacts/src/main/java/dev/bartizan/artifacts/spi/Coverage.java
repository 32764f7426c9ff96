package dev.bartizan.artifacts.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The byte ranges that something was said about, merged.
final class Coverage {
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    void add(long from, long to) {
        if (to <= from) {
            return;
        }
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = ranges.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(start);
        while (next != null && next.getKey() <= end) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(start);
        }
        ranges.put(start, end);
    }

    long bytes() {
        long sum = 0;
        for (Range range : ranges()) {
            sum += range.length();
        }
        return sum;
    }

    /// The ranges, in order, none touching the next.
    List<Range> ranges() {
        List<Range> all = new ArrayList<>(ranges.size());
        ranges.forEach((from, to) -> all.add(new Range(from, to)));
        return all;
    }

    /// What is left of so many bytes, in order.
    List<Range> gaps(long size) {
        List<Range> gaps = new ArrayList<>();
        long at = 0;
        for (Range range : ranges()) {
            if (range.from() > at) {
                gaps.add(new Range(at, range.from()));
            }
            at = range.to();
        }
        if (at < size) {
            gaps.add(new Range(at, size));
        }
        return gaps;
    }
}
