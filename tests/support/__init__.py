"""What tests share: databases, stories, and a candidate who speaks the real socket."""
