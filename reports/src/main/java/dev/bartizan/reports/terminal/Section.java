package dev.bartizan.reports.terminal;

import dev.bartizan.reports.terminal.Line.Tone;
import java.util.ArrayList;
import java.util.List;

/// A titled part of the summary that can be shown in full or in part.
///
/// @param title its name
/// @param tone of the title
/// @param items each one or more lines that belong together, most important first
/// @param footer lines that are always shown
/// @param isNumbered whether the title says how many items there are
record Section(
        String title, Tone tone, List<List<Line>> items, List<Line> footer, boolean isNumbered) {
    Section {
        items = List.copyOf(items);
        footer = List.copyOf(footer);
    }

    Section(String title, Tone tone, List<List<Line>> items, List<Line> footer) {
        this(title, tone, items, footer, true);
    }

    /// The same, its title without a count.
    Section unnumbered() {
        return new Section(title, tone, items, footer, false);
    }

    private boolean isEmpty() {
        return items.isEmpty() && footer.isEmpty();
    }

    /// Lines it takes when that many items are shown; what is left out is counted in the title.
    private int height(int shown) {
        int lines = isEmpty() ? 0 : 1 + footer.size();
        for (List<Line> item : items.subList(0, shown)) {
            lines += item.size();
        }
        return lines;
    }

    private List<Line> lines(int shown) {
        List<Line> lines = new ArrayList<>();
        if (isEmpty()) {
            return lines;
        }
        int left = items.size() - shown;
        String more = left == 0 ? "" : ", " + left + " not shown here, see report.html";
        lines.add(Line.of(tone, title + (isNumbered ? " " + items.size() + more : "")));
        items.subList(0, shown).forEach(lines::addAll);
        lines.addAll(footer);
        return lines;
    }

    /// Shows one item of each section, then one more of each in turn while there is room.
    static List<Line> fit(List<Section> sections, int room) {
        int[] shown = new int[sections.size()];
        int used = 0;
        for (Section section : sections) {
            used += section.height(0);
        }
        boolean grew = true;
        while (grew) {
            grew = false;
            for (int i = 0; i < shown.length; i++) {
                List<List<Line>> items = sections.get(i).items();
                if (shown[i] < items.size() && used + items.get(shown[i]).size() <= room) {
                    used += items.get(shown[i]).size();
                    shown[i]++;
                    grew = true;
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
