package dev.bartizan.artifacts.spi;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An expression that is compiled when it is first asked for. A scan of one file is mostly its
/// start, and most of what could be looked for is not looked for in it.
public final class LazyPattern implements Supplier<Pattern> {
    private final String expression;
    private volatile @Nullable Pattern compiled;

    private LazyPattern(String expression) {
        this.expression = expression;
    }

    /// An expression, not compiled yet.
    ///
    /// @param expression as {@link Pattern#compile(String)} takes it
    public static LazyPattern of(String expression) {
        return new LazyPattern(expression);
    }

    /// The expression, compiled.
    @Override
    public Pattern get() {
        Pattern known = compiled;
        if (known == null) {
            known = Pattern.compile(expression);
            compiled = known;
        }
        return known;
    }

    /// A matcher of a text.
    public Matcher matcher(CharSequence text) {
        return get().matcher(text);
    }
}
