package dev.baton.http.out.client;

/** A record as servers send it, which is put together in another way than the core's. */
interface Wire<T> {

  /** As the core has it; what is wrong is refused by the core's types. */
  T toCore();
}
