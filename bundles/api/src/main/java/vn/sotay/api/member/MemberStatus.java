package vn.sotay.api.member;

/**
 * What a member is on a day. It decides votes, dues and who is counted; each change is kept with its days.
 */
public enum MemberStatus {
    /** Dự bị: discusses, does not vote. */
    PROBATIONARY,
    /** Chính thức. */
    OFFICIAL,
    /** Official, and exempt from meetings for a time (miễn sinh hoạt, at sea, ill): counted in a vote only when present. */
    EXEMPT,
    /** Official, and temporarily transferred to another cell: not in the vote base of the home cell. */
    AWAY,
    /** Suspended (đình chỉ sinh hoạt): pays dues, does not vote. */
    SUSPENDED,
    /** Left, struck off or expelled. */
    LEFT,
    DECEASED;

    /** Whether such a member belongs to a cell's roll today. */
    public boolean isActive() {
        return this != LEFT && this != DECEASED;
    }

    /** Whether such a member is one of the cell's official members. */
    public boolean isOfficial() {
        return this == OFFICIAL || this == EXEMPT || this == AWAY;
    }
}
