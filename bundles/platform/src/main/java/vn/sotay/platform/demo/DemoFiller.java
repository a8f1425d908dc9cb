package vn.sotay.platform.demo;

/** Fills the demo province. A service, called once at each start, when all modules have been tried and before requests are answered. */
public interface DemoFiller {

    /** Makes what is missing of the demo that the configuration asks for; nothing, where there is no demo or it is there. */
    void fill();
}
