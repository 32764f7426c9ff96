package dev.bartizan.guard.secrets;

/// A text in lower case, letter by letter.
record LowerCase(String text) implements CharSequence {
    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        char c = text.charAt(index);
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
        }
        return Character.toLowerCase(c);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }
}
