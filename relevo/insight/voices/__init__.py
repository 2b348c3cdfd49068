"""What customers said of answers, beside what came after: who is unhappy though solved, who was happy and left."""
