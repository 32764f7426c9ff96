package dev.bartizan.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private final Random random = new Random(21);

    private Object value(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextBoolean();
            case 2 -> "text " + random.nextInt();
            case 3 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(depth - 1));
                }
                yield list;
            }
            default -> map(depth - 1);
        };
    }

    private Map<String, Object> map(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put("k" + i, value(depth));
        }
        return map;
    }

    private static void deepChange(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                map.values().forEach(AttributesTest::deepChange);
                map.clear();
            }
            case List<?> list -> {
                list.forEach(AttributesTest::deepChange);
                list.clear();
            }
            default -> {}
        }
    }

    private static void requireImmutable(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
                map.values().forEach(AttributesTest::requireImmutable);
            }
            case List<?> list -> {
                assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
                list.forEach(AttributesTest::requireImmutable);
            }
            default -> {}
        }
    }

    @Test
    void laterChangesOfWhatWasGivenDoNotReachIt() {
        for (int i = 0; i < 200; i++) {
            Map<String, Object> given = map(4);
            Attributes attributes = new Attributes(given);
            String before = attributes.toString();
            deepChange(given);
            assertThat(attributes).hasToString(before);
        }
    }

    @Test
    void nothingInItCanBeChanged() {
        for (int i = 0; i < 200; i++) {
            requireImmutable(new Attributes(map(4)).values());
        }
        requireImmutable(
                new Attributes(Map.of("a", Map.of("b", List.of(List.of(1))))).map("a").values());
    }

    @Test
    void keysThatAreNotTextAreReadAsText() {
        Map<Object, Object> inner = new HashMap<>(Map.of(1, "one", true, "yes"));
        Attributes attributes = new Attributes(Map.of("m", inner)).map("m");
        assertThat(attributes.text("1")).contains("one");
        assertThat(attributes.text("true")).contains("yes");
    }

    @Test
    void eachReaderTakesOnlyItsOwnType() {
        Map<String, Object> values = new HashMap<>();
        values.put("text", "t");
        values.put("number", 2.5);
        values.put("truth", true);
        values.put("word", "true");
        values.put("list", List.of("a", 1, Map.of("x", "y")));
        values.put("map", Map.of("x", "y"));
        Attributes attributes = new Attributes(values);
        assertThat(attributes.text("number")).contains("2.5");
        assertThat(attributes.text("list")).isEmpty();
        assertThat(attributes.text("map")).isEmpty();
        assertThat(attributes.number("number")).contains(2.5);
        assertThat(attributes.number("text")).isEmpty();
        assertThat(attributes.isTrue("truth")).isTrue();
        assertThat(attributes.isTrue("word")).isFalse();
        assertThat(attributes.isTrue("absent")).isFalse();
        assertThat(attributes.texts("list")).containsExactly("a", "1");
        assertThat(attributes.texts("text")).containsExactly("t");
        assertThat(attributes.texts("absent")).isEmpty();
        assertThat(attributes.map("text")).isEqualTo(Attributes.NONE);
    }

    @Test
    void keysWithoutAValueAreAbsent() {
        Map<Object, @Nullable Object> inner = new HashMap<>();
        inner.put("nothing", null);
        inner.put("list", Arrays.asList("a", null));
        Attributes attributes = new Attributes(Map.of("m", inner)).map("m");
        assertThat(attributes.has("nothing")).isFalse();
        assertThat(attributes.text("nothing")).isEmpty();
        assertThat(attributes.texts("list")).containsExactly("a");
    }

    @Test
    void orderOfKeysIsKept() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : List.of("z", "a", "m", "b")) {
            values.put(key, 1);
        }
        assertThat(new Attributes(values).values().keySet()).containsExactly("z", "a", "m", "b");
    }
}
