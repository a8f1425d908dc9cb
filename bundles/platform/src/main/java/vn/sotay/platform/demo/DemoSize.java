package vn.sotay.platform.demo;

/** How large a demo province is made. */
enum DemoSize {
    /** Three communes, for a quick look. */
    SMALL(60, 1_500),
    /** All communes of the province, as large as life. */
    FULL(6_000, 130_000);

    private final int cells;
    private final int members;

    DemoSize(int cells, int members) {
        this.cells = cells;
        this.members = members;
    }

    int cells() {
        return cells;
    }

    int members() {
        return members;
    }
}
