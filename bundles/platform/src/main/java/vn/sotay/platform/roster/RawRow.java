package vn.sotay.platform.roster;

import java.util.List;

/**
 * A row of a file as it stands there.
 *
 * @param line its number in the file, the first is 1
 */
record RawRow(int line, List<Value> values) {

    RawRow {
        values = List.copyOf(values);
    }

    /** What stands in this column, the first is 1; empty beyond the end of the row. */
    Value at(int column) {
        return column <= values.size() ? values.get(column - 1) : Value.EMPTY;
    }

    boolean isEmpty() {
        return values.stream().allMatch(Value::isEmpty);
    }
}
