package dev.bartizan.reports.terminal;

import dev.bartizan.reports.terminal.Line.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A titled part of the summary that can be shown in full or in part.
///
/// @param title its name
/// @param tone of the title
/// @param items each one or more lines that belong together, most important first
/// @param footer lines that are always shown
/// @param weight who gets room first when there is little; the greatest
record Section(String title, Tone tone, List<List<Line>> items, List<Line> footer, int weight) {
    Section {
        items = List.copyOf(items);
        footer = List.copyOf(footer);
    }

    private boolean isEmpty() {
        return items.isEmpty() && footer.isEmpty();
    }

    /// Lines that are shown whatever the room.
    private int least() {
        return isEmpty() ? 0 : 1 + footer.size();
    }

    private List<Line> lines(int shown) {
        List<Line> lines = new ArrayList<>();
        if (isEmpty()) {
            return lines;
        }
        int left = items.size() - shown;
        String more = left == 0 ? "" : ", " + left + " more in report.html";
        lines.add(Line.of(tone, title + more));
        items.subList(0, shown).forEach(lines::addAll);
        lines.addAll(footer);
        return lines;
    }

    /// Shows an item of each section, then fills up the weightier ones first, save two lines for
    /// each of the rest.
    static List<Line> fit(List<Section> sections, int room) {
        int[] shown = new int[sections.size()];
        int left = room - sections.stream().mapToInt(Section::least).sum();
        List<Integer> byWeight = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            byWeight.add(i);
        }
        byWeight.sort(Comparator.comparingInt((Integer i) -> sections.get(i).weight()).reversed());
        for (int most : new int[] {1, 3, Integer.MAX_VALUE}) {
            for (int i : byWeight) {
                List<List<Line>> items = sections.get(i).items();
                while (shown[i] < Math.min(most, items.size())
                        && items.get(shown[i]).size() <= left) {
                    left -= items.get(shown[i]).size();
                    shown[i]++;
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            lines.addAll(sections.get(i).lines(shown[i]));
        }
        return lines;
    }
}
