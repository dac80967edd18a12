"""What people hear of by mail: of each thing that happens, who, when, and in which words."""
